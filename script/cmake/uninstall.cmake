# SPDX-License-Identifier: MIT
#
# Removes the files that the last installation from this build directory wrote, and nothing else.
#   cmake -D MANIFEST=build/release/install_manifest.txt -P script/cmake/uninstall.cmake

if(NOT EXISTS "${MANIFEST}")
    message(FATAL_ERROR "Nothing was installed from here: there is no ${MANIFEST}")
endif()
file(STRINGS "${MANIFEST}" files)
foreach(file IN LISTS files)
    set(path "$ENV{DESTDIR}${file}")
    if(EXISTS "${path}" OR IS_SYMLINK "${path}")
        file(REMOVE "${path}")
        message(STATUS "Removed ${path}")
    else()
        message(STATUS "Already gone: ${path}")
    endif()
endforeach()
