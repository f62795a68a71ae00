/** Splits a space-separated list of roles or permissions, as columns keep them; [] for null and ''. */
export const roleNames = (roles: string | null): string[] => (roles ?? '').split(' ').filter(Boolean)
