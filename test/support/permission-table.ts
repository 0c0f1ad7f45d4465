import { CONFIGURABLE, PERMISSIONS } from '../../src/domain/permissions.ts';

/** The rows of the table in docs/permissions.md: the name in the configuration, what, who. */
export const permissionRows: readonly (readonly string[])[] = [...CONFIGURABLE].map(
  ([written, name]) => [`\`${written}\``, PERMISSIONS[name].does, PERMISSIONS[name].level],
);
