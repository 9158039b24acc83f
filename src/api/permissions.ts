// Who may do what: one matrix. Each route states its permission; what is not here is denied.

/** viewer looks, operator works alerts and cases, supervisor may also override, developer makes scenarios, admin keeps the house. */
export const roles = ["viewer", "operator", "supervisor", "developer", "admin"] as const;
export type Role = (typeof roles)[number];

/**
 * Permission → who has it, by the role's first letter in the order of `roles`.
 * Vitals are for those who answer for people; who makes scenarios or keeps accounts does not see them.
 */
const matrix = {
  "register.read": "vosda",
  "register.change": "----a",
  "readings.read": "vosda",
  "vitals.read": "-os--",
  "alerts.read": "vosda",
  "alerts.command": "-os--",
  "cases.read": "vosda",
  "cases.command": "-os--",
  "cases.void": "--s--",
  "cases.override": "--s--",
  "scenarios.read": "vosda",
  "quarantine.read": "-osda",
  "stats.read": "vosda",
  "metrics.read": "-osda",
  "live.read": "vosda",
  "tokens.manage": "----a",
} as const satisfies Record<string, string>;

export type Permission = keyof typeof matrix;
export const permissions = Object.keys(matrix) as readonly Permission[];

/** Whether a role has a permission. */
export const may = (role: Role, permission: Permission): boolean =>
  matrix[permission][roles.indexOf(role)] === role[0];

export const isRole = (role: string): role is Role => (roles as readonly string[]).includes(role);
