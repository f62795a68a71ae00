/** Version of the protocol and schema that clients see. */
export const VERSION = '10.11.20'
