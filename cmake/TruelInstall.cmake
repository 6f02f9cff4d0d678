# `cmake --install`, and find_package(truel) for those who use the library.
include(CMakePackageConfigHelpers)

install(TARGETS truel EXPORT truelTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/src/truel DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.hpp")
install(EXPORT truelTargets NAMESPACE truel:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/truel)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/truelConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/truelConfig.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/truel)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/truelConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/truelConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/truelConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/truel)
install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/truel)
