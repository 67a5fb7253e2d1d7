using System.Buffers.Binary;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>A file of packets (the classic format of libpcap) with one TCP segment for each payload.</summary>
internal static class PacketFile
{
    private const uint Magic = 0xA1B2_C3D4;
    private const uint RawIp = 101;
    private const int FileHead = 24;
    private const int PacketHead = 16;
    private const int IpHead = 20;
    private const int TcpHead = 20;

    public static byte[] Of(IReadOnlyList<byte[]> payloads, ushort port)
    {
        using var file = new MemoryStream();
        var head = new byte[FileHead];
        BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), 2); // Version 2.4.
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(16), ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(20), RawIp);
        file.Write(head);
        for (var i = 0; i < payloads.Count; i++)
        {
            // One conversation each: the frames were not sent behind each other.
            file.Write(Packet(payloads[i], port, (ushort)(50_000 + i), i));
        }

        return file.ToArray();
    }

    private static byte[] Packet(byte[] payload, ushort from, ushort to, int second)
    {
        var length = IpHead + TcpHead + payload.Length;
        var packet = new byte[PacketHead + length];
        BinaryPrimitives.WriteInt32LittleEndian(packet, second);
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(8), length);
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(12), length);
        var ip = packet.AsSpan(PacketHead);
        ip[0] = 0x45; // Version 4, five words of header.
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)length);
        ip[8] = 64;
        ip[9] = 6; // TCP.
        ip[12] = ip[16] = 127;
        ip[15] = ip[19] = 1;
        var tcp = ip[IpHead..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, from);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], to);
        tcp[7] = 1;
        tcp[12] = TcpHead / 4 << 4;
        tcp[13] = 0x18; // PSH, ACK.
        tcp[14] = 0xFF;
        payload.CopyTo(tcp[TcpHead..]);
        return packet;
    }
}
