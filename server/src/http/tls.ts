import { readFileSync } from 'node:fs'

/**
 * Certificate and key of a server that speaks TLS itself (ConnectionSecurity `TLS`); undefined behind a proxy. Throws
 * when a file cannot be read: a server that was meant to be private must not start in the open.
 */
export function tlsOf(settings: {
  ConnectionSecurity: string
  TLSCertFile: string
  TLSKeyFile: string
}): { cert: string; key: string } | undefined {
  if (settings.ConnectionSecurity !== 'TLS') return undefined
  const { TLSCertFile: cert, TLSKeyFile: key } = settings
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}
