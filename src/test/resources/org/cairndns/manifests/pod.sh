#!/bin/sh
# Becomes a program as a container runtime would run it: in a root file system of its own that cannot be written to, with the
# files of a folder in it, as a user with few rights.
#   pod.sh ROOT FILES USER RIGHTS WRITABLE SHARED PROGRAM ARGUMENT...
# ROOT is an empty folder. RIGHTS are capabilities as setpriv has them, -all first. WRITABLE and SHARED are folders with colons
# between them: the former are empty ones for every user, the latter the machine's own.
set -eu
root=$1 files=$2 user=$3 rights=$4 writable=$5 shared=$6
shift 6
mount --make-rprivate /
mount -t tmpfs -o mode=755 pod "$root"
for link in bin sbin lib lib32 lib64 libx32; do
    if [ -L "/$link" ]; then cp -a "/$link" "$root/$link"; elif [ -d "/$link" ]; then shared="$shared:/$link"; fi
done
mkdir -p "$root/etc" "$root/tmp"
cp -a /etc/ld.so.cache /etc/ld.so.conf /etc/ld.so.conf.d /etc/passwd /etc/group "$root/etc" 2>/dev/null || true
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
echo '127.0.0.1 localhost' >"$root/etc/hosts"
cp -r "$files/." "$root"
IFS=:
for folder in /usr /dev /proc $shared; do
    mkdir -p "$root$folder"
    mount --rbind "$folder" "$root$folder"
done
for folder in $writable; do
    mkdir -p "$root$folder"
    mount -t tmpfs -o mode=777 empty "$root$folder"
done
unset IFS
chmod -R a+rX "$root/etc" "$root/var" 2>/dev/null || true
mount -o remount,ro "$root"
exec chroot "$root" setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs \
    --inh-caps=-all --bounding-set="$rights" "$@"
