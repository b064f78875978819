# Runs when cmake installs, before the first file: says what to type where this user may not write.
set(folder "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/bin")
while(NOT EXISTS "${folder}")
	get_filename_component(folder "${folder}" DIRECTORY)
endwhile()
execute_process(COMMAND test -w "${folder}" RESULT_VARIABLE refused)
if(refused)
	message(FATAL_ERROR "This user may not write to ${folder}.\n"
		"Install for yourself: cmake --install ${build} --prefix ~/.local\n"
		"Or for all users, as root: sudo cmake --install ${build}")
endif()
