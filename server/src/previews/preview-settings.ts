import type { Config } from '../config/config-types.ts'
import type { LinkPreviewSettings } from './fetch-preview.ts'

/** The settings that link previews follow. */
export function previewSettings(config: Config): LinkPreviewSettings {
  const { ServiceSettings, ExperimentalSettings, FileSettings, LocalizationSettings } = config
  return {
    restrictLinkPreviews: ServiceSettings.RestrictLinkPreviews,
    allowedInternal: ServiceSettings.AllowedUntrustedInternalConnections,
    timeoutMs: ExperimentalSettings.LinkMetadataTimeoutMilliseconds,
    enableSvgs: ServiceSettings.EnableSVGs,
    insecureTls: ServiceSettings.EnableInsecureOutgoingConnections,
    locale: LocalizationSettings.DefaultServerLocale,
    maxImagePixels: FileSettings.MaxImageResolution,
  }
}
