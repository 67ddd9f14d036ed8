#!/bin/bash
# SPDX-License-Identifier: MIT
# Folio killed at some of the system calls of a poke, a group, an undo, a redo: see poke_kill.sh.
. "$(dirname "$0")/lib.sh"
fault_need strace
fault_begin
KILL_STEP=100
. "$SOURCE/tests/fault/poke_kill.sh"
