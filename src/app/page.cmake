# Writes what "PROGRAM help TOPIC" prints to OUTPUT, and nothing when that fails. Runs at build time:
# cmake -DPROGRAM=... -DTOPIC=... -DOUTPUT=... -P page.cmake

execute_process(COMMAND ${PROGRAM} help ${TOPIC} OUTPUT_FILE ${OUTPUT}.new RESULT_VARIABLE status)
if(NOT status EQUAL 0)
	message(FATAL_ERROR "${PROGRAM} help ${TOPIC} failed: ${status}")
endif()
file(RENAME ${OUTPUT}.new ${OUTPUT})
