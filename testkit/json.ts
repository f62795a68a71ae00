/** What a server answered, as `JSON.parse` gives it: a test names what it expects, and the contract checks the rest. */
export type Json = ReturnType<typeof JSON.parse>
