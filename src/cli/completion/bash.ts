/**
 * The completion script for bash. The library has one, but it needs the package bash-completion, evaluates what was typed (a `$(…)` on
 * the line would run at the press of TAB), complains when it is read twice, and completes neither files nor `--option=value`. This one
 * asks the same question and reads the same answer; it works from bash 3.2, which macOS has.
 */
export const BASH = `# bash completion for bareme
_bareme_complete() {
  local words=() values=() word line file extension directive=4 last=0 i cur out
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # bash takes --name=value for three words.
    if ((i > 1)) && [[ \${words[last]} == --* && ($word == "=" || \${words[last]} == *=) ]]; then words[last]+=$word
    else last=\${#words[@]}; words[last]=$word
    fi
  done
  # What was typed between quotes, without them.
  for ((i = 0; i < \${#words[@]}; i++)); do words[i]=\${words[i]//[\\"\\'\\\\]/}; done
  cur=\${words[last]}
  out=$(bareme complete -- "\${words[@]}" 2>/dev/null) || return
  while IFS= read -r line; do
    case $line in
      "") ;;
      :*) directive=\${line#:} ;;
      *) values+=("\${line%%$'\\t'*}") ;;
    esac
  done <<< "$out"
  [[ $cur == --*=* ]] && cur=\${cur#*=}
  COMPREPLY=()
  if ((directive & 8)) || ((directive & 16)); then
    compopt -o filenames 2>/dev/null
    while IFS= read -r file; do
      if [[ -d $file ]]; then COMPREPLY+=("$file"); continue; fi
      for extension in "\${values[@]}"; do [[ $file == *."$extension" ]] && COMPREPLY+=("$file"); done
    done < <(compgen -f -- "$cur")
    return
  fi
  for word in "\${values[@]}"; do [[ $word == "$cur"* ]] && COMPREPLY+=("$word"); done
}
complete -F _bareme_complete bareme
`;
