import { createPublicKey } from 'node:crypto'
import type { Queries } from '../database/pool.ts'
import type { CacheChange } from '../realtime/changes.ts'
import { clientConfigHash, fullClientConfig, limitedClientConfig } from './client-config.ts'
import type { ClientConfig, ComputedClientConfig } from './client-config.ts'
import * as store from './client-settings.store.ts'
import type { ConfigStore } from './config-store.ts'

/** What clients are told of the configuration, with the facts that only the database knows. */
export class ClientSettings {
  readonly #config: ConfigStore
  readonly #db: Queries
  readonly #version: string
  #computed: ComputedClientConfig
  #versionId = ''

  private constructor(db: Queries, config: ConfigStore, version: string, computed: ComputedClientConfig) {
    this.#db = db
    this.#config = config
    this.#version = version
    this.#computed = computed
    this.#hash()
    config.onChange(() => this.#hash())
  }

  static async load(db: Queries, config: ConfigStore, version: string): Promise<ClientSettings> {
    const systems = await store.findSystemValues(db)
    const key = JSON.parse(systems.get('AsymmetricSigningKey') ?? '{}', numbersAsText) as SigningKey
    const computed: ComputedClientConfig = {
      DiagnosticId: systems.get('DiagnosticId') ?? '',
      TelemetryId: systems.get('DiagnosticId') ?? '',
      NoAccounts: !(await store.anyAccount(db)),
      AsymmetricSigningPublicKey: publicKeyOf(key),
      InstallationDate: Number(systems.get('InstallationDate') ?? 0),
      SchemaVersion: await store.schemaVersion(db),
      MaxPostSize: await store.maxPostSize(db),
      CustomTermsOfServiceId: await store.newestTermsId(db),
    }
    return new ClientSettings(db, config, version, computed)
  }

  #hash(): void {
    this.#versionId = `${this.#version}.${this.#version}.${clientConfigHash(this.#config.get())}.true`
  }

  /** The X-Version-Id header and the hello event: changes whenever clients should read the configuration again. */
  versionId(): string {
    return this.#versionId
  }

  /** Longest message in characters. */
  get maxPostSize(): number {
    return this.#computed.MaxPostSize
  }

  /** For anyone, before signing in. */
  limited(): ClientConfig {
    return limitedClientConfig(this.#config.get(), this.#computed)
  }

  /** For signed-in people. */
  full(): ClientConfig {
    return fullClientConfig(this.#config.get(), this.#computed)
  }

  async #refresh(): Promise<void> {
    const NoAccounts = this.#computed.NoAccounts && !(await store.anyAccount(this.#db))
    this.#computed = { ...this.#computed, NoAccounts, CustomTermsOfServiceId: await store.newestTermsId(this.#db) }
  }

  /** Follows the first account and new terms of service. */
  apply(change: CacheChange): void | Promise<void> {
    const isFirstAccount = change.kind === 'user' && this.#computed.NoAccounts
    if (isFirstAccount || change.kind === 'termsOfService') return this.#refresh()
  }
}

interface SigningKey {
  ecdsa_key?: { x: string; y: string }
}

/** The coordinates are bare integers beyond what a JavaScript number holds; their source text is kept instead. */
function numbersAsText(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value
}

/** Base64 of the DER form of the server's public key, which clients use to check what the server signed. */
function publicKeyOf(key: SigningKey): string {
  if (!key.ecdsa_key) return ''
  const coordinate = (digits: string) =>
    Buffer.from(BigInt(digits).toString(16).padStart(64, '0'), 'hex').toString('base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(key.ecdsa_key.x), y: coordinate(key.ecdsa_key.y) }
  return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' }).toString('base64')
}
