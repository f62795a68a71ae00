/**
 * Why an outgoing request gave no answer. `bad_url`, `credentials` and `address` are refusals before a byte was sent;
 * `too_many_redirects` and `bad_redirect` are refusals on the way; the rest are failures of the network or the other side.
 */
export type OutgoingReason =
  | 'bad_url'
  | 'credentials'
  | 'address'
  | 'bad_request'
  | 'dns'
  | 'connect'
  | 'timeout'
  | 'aborted'
  | 'too_large'
  | 'too_many_redirects'
  | 'bad_redirect'
  | 'encoding'
  | 'network'

/**
 * The only error `guardedFetch` throws. The message names hosts and addresses, so it is for the log alone: told to a
 * member it would let an attacker map the private network.
 */
export class OutgoingError extends Error {
  readonly reason: OutgoingReason

  constructor(reason: OutgoingReason, message: string, cause?: unknown) {
    super(`${reason}: ${message}`, cause === undefined ? undefined : { cause })
    this.name = 'OutgoingError'
    this.reason = reason
  }
}
