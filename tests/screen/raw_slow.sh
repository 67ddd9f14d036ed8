#!/bin/bash
# SPDX-License-Identifier: MIT
#
# More than ten megabytes of hostile bytes: see raw_test.sh.
[ -z "${SANITIZER:-}" ] || {
    echo "skipped: a sanitized build is slow, and what it is to find raw_test.sh finds"
    exit 77
}
export RAW_TIMES=10
exec bash "$(dirname "$0")/raw_test.sh"
