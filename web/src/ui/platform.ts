/** Whether keys are named as on a Mac: Cmd does there what Ctrl does elsewhere. */
export const isMac: boolean = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent)
