# SPDX-License-Identifier: MIT
#
# How every C file of the project is compiled: the language, the warnings, and what each kind of build adds.

# Optimised, with line numbers for whoever meets a crash, and with assertions: a viewer in a wrong state must stop
# before it shows wrong bytes. So the flags of RelWithDebInfo are ours, without -DNDEBUG.
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_compile_definitions(_GNU_SOURCE _FILE_OFFSET_BITS=64)
add_compile_options(-Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes)
if(FOLIO_WERROR)
    add_compile_options(-Werror)
endif()

# Libraries that nobody calls are not loaded: each costs start-up time.
add_link_options(-Wl,--as-needed)

# Position independent everywhere, so that the address of the program is random too; -fPIE and not -fPIC, which would
# keep calls within the program from being inlined.
add_compile_options(-fPIE)
add_link_options(-pie)

# Hardening, in optimised builds: the fortified functions need -O, and sanitizers want the plain ones.
set(optimised "$<CONFIG:RelWithDebInfo,Release,MinSizeRel>")
add_compile_options("$<${optimised}:-fstack-protector-strong;-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>")
add_link_options("$<${optimised}:-Wl,-z,relro,-z,now>")

if(FOLIO_SANITIZE STREQUAL "address")
    set(instrument -fsanitize=address,undefined)
elseif(FOLIO_SANITIZE STREQUAL "thread")
    set(instrument -fsanitize=thread)
elseif(FOLIO_SANITIZE STREQUAL "fuzz")
    # The program and the libraries only count branches; tests/ links libFuzzer's main to each target.
    set(instrument -fsanitize=address,undefined,fuzzer-no-link)
elseif(FOLIO_SANITIZE)
    message(FATAL_ERROR "FOLIO_SANITIZE is address, thread, fuzz or empty, not ${FOLIO_SANITIZE}")
endif()
if(instrument)
    add_compile_options(${instrument} -fno-sanitize-recover=all -fno-omit-frame-pointer -O1)
    add_link_options(${instrument})
endif()

if(FOLIO_COVERAGE)
    add_compile_options(--coverage -fprofile-update=atomic)
    add_link_options(--coverage)
endif()
