/** A line that is typed while the terminal echoes nothing and edits nothing, so that both is done here. */
export class HiddenLine {
  /** undefined when the line was given up with Ctrl+C or Ctrl+D */
  text: string | undefined = ''
  isDone = false

  /** Takes keys up to the end of the line; returns those behind it. */
  take(keys: string): string {
    const all = [...keys]
    for (const [at, key] of all.entries()) {
      this.#press(key)
      if (this.isDone) return all.slice(at + 1).join('')
    }
    return ''
  }

  #press(key: string): void {
    const typed = this.text ?? ''
    switch (key) {
      case '\r':
      case '\n':
        this.isDone = true
        break
      case '\u0003': // Ctrl+C
        this.#giveUp()
        break
      case '\u0004': // Ctrl+D ends an empty line
        if (typed === '') this.#giveUp()
        break
      case '\u007f': // backspace
      case '\b':
        this.text = [...typed].slice(0, -1).join('')
        break
      case '\u0015': // Ctrl+U
        this.text = ''
        break
      default:
        if (key >= ' ') this.text = typed + key
    }
  }

  #giveUp(): void {
    this.text = undefined
    this.isDone = true
  }
}
