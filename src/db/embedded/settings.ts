/** What a small single machine wants; `settings` may override any of it. */
const DEFAULTS = {
  max_connections: '60',
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  fsync: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
  // What people typed is in statements and details; the server's log is not the place for it.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** What makes it safe to run at all; nobody may override these. */
const FIXED = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  logging_collector: 'off',
  log_destination: 'stderr',
};

/** Decided by this module, or able to undo one of the above. */
const OURS = [
  'port',
  'data_directory',
  'config_file',
  'hba_file',
  'ident_file',
  'external_pid_file',
];

/** The command line's `-c name=value` pairs, which win over every configuration file. */
export function settingFlags(port: number, wanted: Record<string, string>): string[] {
  for (const name of Object.keys(wanted)) {
    if (!OURS.includes(name) && !(name in FIXED)) continue;
    throw new Error(
      `The embedded PostgreSQL does not let \`${name}\` be set: it listens on 127.0.0.1 only. Run a server of your own and set DATABASE_URL.`,
    );
  }
  const all = { ...DEFAULTS, ...wanted, ...FIXED, port: String(port) };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
