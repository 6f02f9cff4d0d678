# Licences ask to go with the code: those of the packages that the page is made of, and of libraries that are headers alone.
function(truel_install_notices destination)
  if(TRUEL_BUILD_REPORT)
    install(FILES ${PROJECT_BINARY_DIR}/src/page/notices.txt DESTINATION ${destination} RENAME page.txt ${ARGN})
  endif()
  foreach(library IN ITEMS libboost-dev libcli11-dev librandom123-dev libsleef-dev libxxhash-dev nlohmann-json3-dev)
    install(FILES /usr/share/doc/${library}/copyright DESTINATION ${destination} RENAME ${library} OPTIONAL ${ARGN})
  endforeach()
endfunction()
