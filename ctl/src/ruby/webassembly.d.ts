// The part of WebAssembly that parse-ruby.ts uses: TypeScript declares it with the browser's types only.
declare namespace WebAssembly {
  type Exports = Record<string, unknown>
  class Module {
    private constructor()
    static imports(module: Module): { module: string; name: string; kind: string }[]
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, () => number>>)
    readonly exports: Exports
  }
  class RuntimeError extends Error {}
  function compile(bytes: Uint8Array): Promise<Module>
}
