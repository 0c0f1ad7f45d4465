import { join } from 'node:path';

/** Tells the operator something; `startEmbeddedPostgres` is handed one. */
export type Log = (message: string, fields?: object) => void;

/** Where everything of one embedded PostgreSQL lies, below one directory (`home`). */
export interface Layout {
  readonly home: string;
  /** PostgreSQL's own data directory, 0700. */
  readonly data: string;
  readonly log: string;
  readonly port: string;
  readonly password: string;
  readonly adminPassword: string;
}

/** Names the files below `home`. */
export function layout(home: string): Layout {
  return {
    home,
    data: join(home, 'data'),
    log: join(home, 'server.log'),
    port: join(home, 'port'),
    password: join(home, 'password'),
    adminPassword: join(home, 'admin-password'),
  };
}

/** The role the application uses; it owns the database of the same name and is no superuser. */
export const ROLE = 'muster';

/** The superuser that only this module uses. */
export const ADMIN = 'muster_admin';
