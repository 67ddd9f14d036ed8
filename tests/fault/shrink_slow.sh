#!/bin/bash
# SPDX-License-Identifier: MIT
# A file cut off and filled again a thousand times: see shrink_test.sh.
export SHRINK_MANY=1000 SHRINK_SOME=100
exec bash "$(dirname "$0")/shrink_test.sh"
