/* An independent Modbus server: libmodbus as Debian packages it.
 *
 *     peer_libmodbus tcp PORT IMAGE
 *     peer_libmodbus rtu TTY  IMAGE
 *
 * IMAGE is a list of holding registers in hexadecimal, from address 0. On a serial line it is unit 1; over TCP it
 * answers as any unit. The other tables are those of peer_pymodbus.py. One TCP client at a time.
 */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static modbus_mapping_t *make_image(const char *text)
{
    int registers = (int)strlen(text) / 4;
    modbus_mapping_t *image = modbus_mapping_new(2000, 200, registers, 200);
    if (image == NULL)
        exit(1);
    for (int n = 0; n < registers; n++) {
        char digits[5] = {0};
        memcpy(digits, text + 4 * n, 4);
        image->tab_registers[n] = (uint16_t)strtoul(digits, NULL, 16);
    }
    for (int n = 0; n < 200; n++) {
        image->tab_input_registers[n] = (uint16_t)(1000 + n);
        image->tab_input_bits[n] = n % 3 == 0;
    }
    for (int n = 0; n < 2000; n++)
        image->tab_bits[n] = n % 2 == 1;
    return image;
}

int main(int count, char **arguments)
{
    uint8_t request[MODBUS_MAX_ADU_LENGTH];
    if (count != 4)
        return 2;
    modbus_mapping_t *image = make_image(arguments[3]);
    if (strcmp(arguments[1], "rtu") == 0) {
        modbus_t *line = modbus_new_rtu(arguments[2], 19200, 'N', 8, 1);
        modbus_set_slave(line, 1);
        if (modbus_connect(line) != 0)
            return 1;
        for (;;) {
            int length = modbus_receive(line, request);
            if (length > 0)
                modbus_reply(line, request, length, image);
            else if (length < 0 && errno == EIO)
                return 0;
        }
    }

    modbus_t *server = modbus_new_tcp("127.0.0.1", atoi(arguments[2]));
    int listener = modbus_tcp_listen(server, 1);
    if (listener < 0)
        return 1;
    for (;;) {
        if (modbus_tcp_accept(server, &listener) < 0)
            return 1;
        int length;
        while ((length = modbus_receive(server, request)) >= 0)
            if (length > 0)
                modbus_reply(server, request, length, image);
        modbus_close(server);
    }
}
