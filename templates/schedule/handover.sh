#!/bin/sh
# Hands the PDF of a complete run over to finance.
#   handover.sh EXPORTS OUT FINANCE
# EXPORTS is the folder of the exports, OUT the output folder, FINANCE the folder
# that finance reads: owned by its group, with chmod g+s, so that the group may
# read what is put there. Call this in the crontab or the service instead of
# tierline; the service has to name FINANCE in its ReadWritePaths too.
# A run that is incomplete (exit 3) or failed hands nothing
# over, so what stands in FINANCE is always whole. The exit code is that of the
# audit.
set -u
PATH=$PATH:/usr/local/bin # cron has a short one
[ $# -eq 3 ] || { echo "usage: handover.sh EXPORTS OUT FINANCE" >&2; exit 4; }
tierline audit "$1" --out "$2" --fail-on new:high --wait 10m --quiet
code=$?
case $code in
0 | 10)
	run=$(cat "$2/latest") &&
		cp "$2/$run/finance.pdf" "$3/.licence-audit.pdf" &&
		chmod 0640 "$3/.licence-audit.pdf" &&
		mv "$3/.licence-audit.pdf" "$3/licence-audit.pdf" || exit 1
	;;
esac
exit $code
