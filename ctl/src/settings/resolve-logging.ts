import type { Context } from '../context.ts'
import type { Reader } from './reader.ts'
import type { LoggingSettings } from './settings.ts'

const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER }

/** Rotation of the logs: `logging[…]`, with `mattermost['svlogd_…']` and `mattermost['log_group']` on top. */
export function resolveLogging(context: Context, reader: Reader): LoggingSettings {
  const number = (key: string, otherwise: number): number =>
    reader.integer(`mattermost.${key}`, COUNT, reader.integer(`logging.${key}`, COUNT, otherwise))
  const word = (key: string, otherwise: string): string =>
    reader.word(`mattermost.${key}`, reader.word(`logging.${key}`, otherwise))
  const host = reader.word('logging.udp_log_shipping_host', '')
  const port = reader.integer('logging.udp_log_shipping_port', { min: 1, max: 65_535 }, 514)
  const sender = reader.word('logging.udp_log_shipping_hostname', context.fqdn)
  const group = reader.text('mattermost.log_group') ?? reader.text('logging.log_group')
  return {
    logGroup: group === '' ? undefined : group,
    svlogd: {
      size: number('svlogd_size', 200 * 1024 * 1024),
      num: number('svlogd_num', 30),
      timeout: number('svlogd_timeout', 24 * 60 * 60),
      filter: word('svlogd_filter', 'gzip'),
      udp: word('svlogd_udp', host === '' ? '' : `${host}:${port}`),
      prefix: word('svlogd_prefix', host === '' ? '' : `${sender} mattermost: `),
    },
    logrotate: {
      frequency: reader.word('logging.logrotate_frequency', 'daily'),
      maxsize: reader.word('logging.logrotate_maxsize', ''),
      size: reader.word('logging.logrotate_size', ''),
      rotate: reader.integer('logging.logrotate_rotate', COUNT, 30),
      compress: reader.word('logging.logrotate_compress', 'compress'),
      method: reader.word('logging.logrotate_method', 'copytruncate'),
      postrotate: reader.text('logging.logrotate_postrotate', ''),
      dateformat: reader.word('logging.logrotate_dateformat', ''),
      includesService: reader.list('logrotate.services', []).includes('mattermost'),
    },
  }
}
