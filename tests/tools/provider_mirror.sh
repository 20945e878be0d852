#!/bin/sh
# Prints a Terraform filesystem mirror on this machine that holds hashicorp/aws, or nothing.
# Working directories of Terraform (.terraform/) are no mirrors: they come and go.
set -u

usable() {
    for version in "$1"/registry.terraform.io/hashicorp/aws/*; do
        [ -d "$version" ] && return 0
    done
    return 1
}

# Terraform's own implied mirrors come first, then whatever the machine keeps elsewhere.
for folder in "${HOME:-/root}/.terraform.d/plugins" \
    "${XDG_DATA_HOME:-${HOME:-/root}/.local/share}/terraform/plugins" \
    /usr/local/share/terraform/plugins /usr/share/terraform/plugins; do
    usable "$folder" && echo "$folder" && exit 0
done

find / -maxdepth 5 \
    \( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -name .terraform -o -name .git -o -name node_modules \) -prune \
    -o -type d -name registry.terraform.io -print 2>/dev/null |
    while IFS= read -r found; do
        folder=${found%/registry.terraform.io}
        usable "$folder" && echo "$folder" && break
    done
exit 0
