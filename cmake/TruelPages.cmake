# The manual page and the completion of shells, made from the program's --help by Python, where it is here.
find_program(TRUEL_PYTHON python3 HINTS /usr/bin NO_CMAKE_PATH NO_CMAKE_ENVIRONMENT_PATH DOC "Python of the tests")
if(NOT TRUEL_PYTHON OR TRUEL_SANITIZE OR CMAKE_CROSSCOMPILING)
  message(STATUS "No manual page and no completion of shells: they are made by running the program, with Python")
  return()
endif()
set(pages ${CMAKE_CURRENT_BINARY_DIR}/pages)
add_custom_command(
  OUTPUT ${pages}/truel.1 ${pages}/truel.bash ${pages}/_truel ${pages}/truel.fish
  COMMAND ${TRUEL_PYTHON} -B ${PROJECT_SOURCE_DIR}/tools/program_pages.py $<TARGET_FILE:truel-cli> ${pages}
  DEPENDS truel-cli ${PROJECT_SOURCE_DIR}/tools/program_pages.py
  COMMENT "Writing the manual page" VERBATIM)
add_custom_target(truel_pages ALL DEPENDS ${pages}/truel.1)
install(FILES ${pages}/truel.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${pages}/truel.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME truel)
install(FILES ${pages}/_truel DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${pages}/truel.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
