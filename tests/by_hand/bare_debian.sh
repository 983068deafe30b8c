#!/usr/bin/env bash
# Runs both README commands in a Debian root that holds python3 and nothing else.
#
#   sudo tests/by_hand/bare_debian.sh [FOLDER] [SUITE]      needs root, debootstrap, tar and about 3 GB
#
# FOLDER is kept: FOLDER/SUITE is the untouched root for the next time, FOLDER/tried the one the commands ran in.
# Without FOLDER everything is made in a temporary folder and removed. SUITE is bookworm unless named.
# PIP_INDEX_URL is passed on; so are certificates the machine's owner has added, for a network that needs them.
set -euo pipefail

if [ "${bare_debian_own_mounts:-}" != yes ]; then # what is mounted below must vanish with this process, not be removed
    bare_debian_own_mounts=yes exec unshare --mount --propagation private "$0" "$@"
fi

project=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-}
suite=${2:-bookworm}
if [ -z "$folder" ]; then
    folder=$(mktemp -d /var/tmp/bare.XXXXXX)
    trap 'umount -R "$tried/dev" "$tried/proc" || true; rm -rf --one-file-system "$folder"' EXIT
fi
base="$folder/$suite"
tried="$folder/tried"
mkdir -p "$folder"

[ -e "$base/usr/bin/python3" ] || debootstrap --variant=minbase --include=python3 "$suite" "$base" >"$folder/debootstrap.log"
rm -rf --one-file-system "$tried"
cp -a "$base" "$tried"
mount --rbind /dev "$tried/dev"
mount -t proc proc "$tried/proc"

cp /etc/resolv.conf "$tried/etc/resolv.conf"
mkdir -p "$tried/usr/local/share/ca-certificates" "$tried/desk"
cp /usr/local/share/ca-certificates/*.crt "$tried/usr/local/share/ca-certificates/" 2>/dev/null || true
(cd "$project" && git ls-files -z --cached --others --exclude-standard | tar -c --null -T -) | tar -x -C "$tried/desk"

inside() { # ACCOUNT SHELL-LINE: run it in /desk of the root; nothing of this machine's environment comes along
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        ${PIP_INDEX_URL:+PIP_INDEX_URL="$PIP_INDEX_URL"} \
        chroot --userspec="$1" "$tried" /bin/sh -c "cd /desk && $2"
}

failed=0
verdict() { # NAME WANTED SEEN SECONDS
    [ "$2" = "$3" ] || failed=1
    echo "==== $1: status $3 (wanted $2), $4 s"
}

attempt() { # NAME WANTED ACCOUNT SHELL-LINE
    local before=$SECONDS status=0
    echo "==== $1"
    inside "$3" "$4" || status=$?
    verdict "$1" "$2" "$status" $((SECONDS - before))
}

attempt "python3 run.py, as an ordinary user: told what to install" 11 nobody:nogroup "HOME=/tmp python3 run.py"
attempt "python3 run.py" 0 root:root "HOME=/root python3 run.py"
attempt "python3 run.py test" 0 root:root "HOME=/root python3 run.py test"
attempt "python3 run.py, the second time" 0 root:root "HOME=/root python3 run.py"
echo "==== written:"
find "$tried/desk/out" -type f -printf '%9s  %P\n' | sort -k 2
exit "$failed"
