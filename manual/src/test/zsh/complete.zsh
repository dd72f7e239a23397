# Presses the tab key after "./parley $1" in a zsh that has its completion, and prints the line that comes of it.
zmodload zsh/zpty || exit 3
completion=$(mktemp)
trap 'rm -f $completion' EXIT
./parley completion zsh >$completion

zpty shell zsh -f -i
zpty -w shell "PROMPT= RPROMPT=; bindkey -e; unsetopt zle_bracketed_paste; source $completion; autoload -Uz compinit; PS2="
# The line is completed, and then printed by a command that is put before it.
zpty -w -n shell "./parley $1"$'\t'
zpty -w -n shell $'\C-aprint -r -- LINE: \n'
zpty -w shell exit
zpty -r shell all '*LINE: *LINE: *\n*'
print -r -- "$all" | tr -d '\r' | grep '^LINE: ' | tail -n 1
