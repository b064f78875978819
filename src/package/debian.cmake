# Run by cpack when all files of the Debian package are in their places: what Debian wants beside them.
set(docs ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/doc/cc2oscam)
# Debian's zsh looks for what packages bring in a place of its own.
file(RENAME ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/zsh/site-functions
	${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/zsh/vendor-completions)
file(READ ${CPACK_RESOURCE_FILE_LICENSE} license)
file(WRITE ${docs}/copyright "${license}")
if(DEFINED ENV{SOURCE_DATE_EPOCH})
	set(when @$ENV{SOURCE_DATE_EPOCH})
else()
	set(when now)
endif()
execute_process(COMMAND date -R -u -d ${when} OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE
	COMMAND_ERROR_IS_FATAL ANY)
file(WRITE ${docs}/changelog "cc2oscam (${CPACK_PACKAGE_VERSION}) stable; urgency=medium

  * Version ${CPACK_PACKAGE_VERSION}.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
file(GLOB pages ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/man/man?/*.[0-9])
execute_process(COMMAND gzip -9 -n -f ${docs}/changelog ${pages} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND chmod -R go-w ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr COMMAND_ERROR_IS_FATAL ANY)
