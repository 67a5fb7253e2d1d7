#!/usr/bin/python3
"""An independent Modbus server: pymodbus as Debian packages it.

    peer_pymodbus.py tcp PORT IMAGE
    peer_pymodbus.py rtu TTY  IMAGE

IMAGE is a list of holding registers in hexadecimal, from address 0. Units 1 and 2 exist. Input registers hold
1000 + address, coil n is on where n % 2 == 1, discrete input n where n % 3 == 0.
"""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartAsyncSerialServer, StartAsyncTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer


def unit(image):
    return ModbusSlaveContext(
        hr=ModbusSequentialDataBlock(0, image),
        ir=ModbusSequentialDataBlock(0, [1000 + n for n in range(200)]),
        co=ModbusSequentialDataBlock(0, [n % 2 == 1 for n in range(2000)]),
        di=ModbusSequentialDataBlock(0, [n % 3 == 0 for n in range(200)]),
        zero_mode=True)


async def main():
    transport, place, text = sys.argv[1:]
    image = [int(text[n:n + 4], 16) for n in range(0, len(text), 4)]
    context = ModbusServerContext(slaves={1: unit(image), 2: unit(image)}, single=False)
    if transport == "tcp":
        await StartAsyncTcpServer(context=context, address=("127.0.0.1", int(place)), framer=ModbusSocketFramer)
    else:
        await StartAsyncSerialServer(
            context=context, framer=ModbusRtuFramer, port=place, baudrate=19200, parity="N", timeout=0.05)


asyncio.run(main())
