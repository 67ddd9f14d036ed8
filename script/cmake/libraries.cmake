# SPDX-License-Identifier: MIT
#
# How the libraries come to the program. Finding and binding shared ones is a quarter of the time that folio takes to start, so
#   what few runs need is loaded by the helper that needs it       folio_loaded
#   what every run needs is linked in as an archive, if there is one for this compiler       folio_linked
# The tests and sanitized builds link what is shared: they want to be built quickly, and to see the calls.

option(FOLIO_ARCHIVES "Link small libraries into the program where their archives are installed" ON)
include(CheckCSourceCompiles)

# folio_loaded(VARIABLE NAME): VARIABLE becomes what dlopen is to be called with for lib<NAME>, and the Debian package it
# is in joins the list folio_loaded_packages: nobody else finds out that the program needs it.
function(folio_loaded variable name)
    find_library(${name}_library ${name} REQUIRED)
    mark_as_advanced(${name}_library)
    file(REAL_PATH ${${name}_library} file)
    execute_process(COMMAND dpkg-query --search ${file} OUTPUT_VARIABLE package ERROR_QUIET RESULT_VARIABLE unknown)
    if(NOT unknown)
        string(REGEX REPLACE ":.*" "" package ${package})
        set(folio_loaded_packages ${folio_loaded_packages} ${package} PARENT_SCOPE)
    endif()
    string(REGEX MATCH "lib${name}\\.so\\.[0-9]+" file ${file})
    set(${variable} ${file} PARENT_SCOPE)
endfunction()

# folio_linked(VARIABLE TARGET HEADER CALL archive...): VARIABLE becomes what to link: TARGET, and for a program with the
# property LINKS_ARCHIVES the archives, if a program that makes CALL can be linked with them and nothing else.
function(folio_linked variable target header call)
    set(${variable} ${target} PARENT_SCOPE)
    if(NOT FOLIO_ARCHIVES OR FOLIO_SANITIZE)
        return()
    endif()
    set(archives)
    foreach(name IN LISTS ARGN)
        find_library(archive_${name} lib${name}.a)
        mark_as_advanced(archive_${name})
        if(NOT archive_${name})
            return()
        endif()
        list(APPEND archives ${archive_${name}})
    endforeach()
    get_target_property(include ${target} INTERFACE_INCLUDE_DIRECTORIES)
    if(include)
        set(CMAKE_REQUIRED_INCLUDES ${include})
    endif()
    set(CMAKE_REQUIRED_LIBRARIES ${archives})
    set(CMAKE_REQUIRED_LINK_OPTIONS -pie)
    set(CMAKE_REQUIRED_QUIET ON)
    list(GET ARGN 0 name)
    check_c_source_compiles("${header}\nint main(void) { ${call}; return 0; }" ${name}_archive_links)
    if(${name}_archive_links)
        set(program $<BOOL:$<TARGET_PROPERTY:LINKS_ARCHIVES>>)
        set(${variable} "$<IF:${program},${archives},${target}>" PARENT_SCOPE)
    endif()
endfunction()
