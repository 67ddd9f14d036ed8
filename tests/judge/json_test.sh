#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What the model says of JSON, judged by Python's json and by jq; 77 where Python is not there.
set -eu
command -v python3 >/dev/null || { echo "python3 is not there"; exit 77; }
exec python3 "$SOURCE/tests/judge/judge_json.py" "$BUILD/tests/bin/json_values" "$SOURCE/tests/judge/json_suite.txt"
