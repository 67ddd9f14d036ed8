#!/bin/bash
# SPDX-License-Identifier: MIT
# The monkey for a minute a file.
MONKEY_SECONDS=60
export MONKEY_SECONDS
exec bash "$(dirname "$0")/monkey_test.sh"
