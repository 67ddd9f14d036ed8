# SPDX-License-Identifier: MIT
#
# What is installed, how it goes away again, and packages of it:
#   cmake --install build/release --prefix /usr/local
#   ninja -C build/release uninstall
#   cpack --config build/release/CPackConfig.cmake

if(TARGET folio)
    install(TARGETS folio)
endif()
if(EXISTS ${PROJECT_SOURCE_DIR}/docs/folio.1)
    install(FILES docs/folio.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()
foreach(page README.md LICENSE)
    if(EXISTS ${PROJECT_SOURCE_DIR}/${page})
        install(FILES ${page} DESTINATION ${CMAKE_INSTALL_DOCDIR})
    endif()
endforeach()

add_custom_target(uninstall
    COMMAND ${CMAKE_COMMAND} -D MANIFEST=${PROJECT_BINARY_DIR}/install_manifest.txt
            -P ${PROJECT_SOURCE_DIR}/script/cmake/uninstall.cmake
    COMMENT "Removing what was installed"
    VERBATIM)

set(CPACK_GENERATOR TGZ)
find_program(dpkg_shlibdeps dpkg-shlibdeps)
mark_as_advanced(dpkg_shlibdeps)
if(dpkg_shlibdeps)
    list(APPEND CPACK_GENERATOR DEB)
endif()
set(CPACK_PACKAGE_VENDOR "The folio authors")
set(CPACK_PACKAGE_CONTACT "The folio authors <folio@localhost>")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
list(JOIN folio_loaded_packages ", " CPACK_DEBIAN_PACKAGE_DEPENDS)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(CPack)
