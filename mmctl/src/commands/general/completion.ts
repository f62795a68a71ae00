import type { Action } from '../../cli/command.ts'

/** Each script hands the words of the command line to `mmctl __complete` and offers what comes back. */
const scripts: Readonly<Record<string, (help: boolean) => string>> = {
  bash: () => `# Completion of mmctl for bash. Load it with: source <(mmctl completion bash)
_mmctl() {
  local word line
  word=\${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  while IFS=$'\\t' read -r line _; do
    COMPREPLY+=("$line")
  done < <("\${COMP_WORDS[0]}" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}" "$word" 2>/dev/null)
}
complete -o default -F _mmctl mmctl`,

  zsh: (help) => `#compdef mmctl
# Completion of mmctl for zsh. Load it with: source <(mmctl completion zsh)
_mmctl() {
  local -a candidates
  local line
  while IFS= read -r line; do
    ${help ? `candidates+=("\${line//$'\\t'/:}")` : `candidates+=("\${line%%$'\\t'*}")`}
  done < <("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#candidates} )); then
    _describe 'mmctl' candidates
  else
    _files
  fi
}
compdef _mmctl mmctl`,

  fish: (help) => `# Completion of mmctl for fish. Load it with: mmctl completion fish | source
function __mmctl_complete
    set -l words (commandline -opc)
    mmctl __complete -- $words[2..-1] (commandline -ct) 2>/dev/null${help ? '' : ' | string replace -r "\\t.*" ""'}
end
complete -c mmctl -f -a '(__mmctl_complete)'`,

  powershell: (
    help,
  ) => `# Completion of mmctl for PowerShell. Load it with: mmctl completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName mmctl -ScriptBlock {
    param($typed, $line, $position)
    $words = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" } | Where-Object { $_ -ne $typed })
    mmctl __complete -- @words "$typed" 2>$null | ForEach-Object {
        $name, $about = $_ -split "\\t", 2
        [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', ${help ? '$about' : '$name'})
    }
}`,
}

/** Prints the script that lets a shell complete mmctl's commands. */
export const completion =
  (shell: string): Action =>
  async ({ flags, out }) =>
    out.print(scripts[shell]!(!flags.bool('no-descriptions')))
