# What an installed cc2oscam consists of beside the program and its pages, and the packages of it: included by the
# CMakeLists.txt of the project.

# Completions come from the tables of the program, made by a program that is built beside it, where that can run.
if(NOT CMAKE_CROSSCOMPILING OR CMAKE_CROSSCOMPILING_EMULATOR)
	add_executable(completion ${CMAKE_CURRENT_LIST_DIR}/completion.c ${CMAKE_CURRENT_LIST_DIR}/completion_bash.c
		${CMAKE_CURRENT_LIST_DIR}/completion_fish.c ${CMAKE_CURRENT_LIST_DIR}/completion_zsh.c)
	target_include_directories(completion PRIVATE src)
	target_link_libraries(completion PRIVATE app)
	set(made_completions "")
	foreach(row
			"bash cc2oscam bash-completion/completions"
			"zsh _cc2oscam zsh/site-functions"
			"fish cc2oscam.fish fish/vendor_completions.d")
		separate_arguments(row)
		list(GET row 0 shell)
		list(GET row 1 name)
		list(GET row 2 folder)
		set(file completion.${shell})
		add_custom_command(OUTPUT ${file} COMMAND completion ${shell} ${file} DEPENDS completion VERBATIM)
		list(APPEND made_completions ${file})
		install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder}
			RENAME ${name})
	endforeach()
	add_custom_target(completions ALL DEPENDS ${made_completions})
endif()

install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY examples/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
	PATTERN try.sh EXCLUDE
	PATTERN setup.sh EXCLUDE
	PATTERN receivers EXCLUDE)

# cpack -G DEB, cpack -G RPM where rpmbuild is there; cpack --config CPackSourceConfig.cmake: the source archive.
set(CPACK_PACKAGE_NAME cc2oscam)
set(CPACK_PACKAGE_VENDOR "the cc2oscam project")
set(CPACK_PACKAGE_CONTACT "the cc2oscam project <cc2oscam@example.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "translates CCcam.cfg into the files of OSCam")
string(CONCAT CPACK_PACKAGE_DESCRIPTION
	"cc2oscam reads the configuration of a receiver with CCcam, and makes of it\n"
	"the files that OSCam needs to do the same: for one receiver, into an OSCam\n"
	"that is there already, or for a whole fleet. It opens no network connection.")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_CURRENT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_GENERATOR DEB)
find_program(RPMBUILD rpmbuild)
if(RPMBUILD)
	list(APPEND CPACK_GENERATOR RPM)
endif()

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE MIT)
set(CPACK_RPM_PACKAGE_RELOCATABLE OFF)
set(CPACK_RPM_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")

# The files alone, so that it builds without git.
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME cc2oscam-${PROJECT_VERSION})
string(REGEX REPLACE "[^A-Za-z0-9/_-]" "." here ${CMAKE_CURRENT_SOURCE_DIR})
set(CPACK_SOURCE_IGNORE_FILES "^${here}/.git/" "^${here}/.git$" "^${here}/build[^/]*/")
set(CPACK_CC2OSCAM_FOLDER ${CMAKE_CURRENT_LIST_DIR})
if(ARCHIVE_FILE AND CC2OSCAM_LIBARCHIVE_LOADED)
	get_filename_component(CPACK_CC2OSCAM_LOADS ${ARCHIVE_FILE} REALPATH)
endif()
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/cpack.cmake)
include(CPack)
