/** Slack's form of a link, `<address|text>`, as Markdown; integrations written for Slack answer with it. */
export function slackLinksToMarkdown(text: string): string {
  return text.replace(/<((?:https?|mailto):[^|<>\s]+)\|([^<>|]+)>/g, '[$2]($1)')
}
