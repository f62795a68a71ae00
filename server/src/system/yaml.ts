/** What `yaml` writes. */
export type Yaml = string | number | boolean | readonly Yaml[] | object

/** YAML of nested objects and lists. Texts are written as in JSON, which every reader of YAML understands. */
export function yaml(value: Yaml, indent = ''): string {
  return Object.entries(value)
    .map(([key, inner]: [string, Yaml]) => {
      const name = Array.isArray(value) ? '-' : `${/^\w+$/.test(key) ? key : JSON.stringify(key)}:`
      if (typeof inner !== 'object') return `${indent}${name} ${JSON.stringify(inner)}\n`
      if (Object.keys(inner).length === 0) return `${indent}${name} ${JSON.stringify(inner)}\n`
      return `${indent}${name}\n${yaml(inner, `${indent}  `)}`
    })
    .join('')
}
