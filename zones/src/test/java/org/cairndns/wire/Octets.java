package org.cairndns.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Message written octet by octet, so that tests can break it where they like. */
final class Octets {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Starts a message with its header. */
    static Octets header(int id, int flags, int questions, int answers, int authorities, int additionals) {
        return new Octets()
                .u16(id)
                .u16(flags)
                .u16(questions)
                .u16(answers)
                .u16(authorities)
                .u16(additionals);
    }

    Octets u8(int value) {
        out.write(value);
        return this;
    }

    Octets u16(int value) {
        return u8(value >> 8).u8(value);
    }

    Octets u32(int value) {
        return u16(value >> 16).u16(value);
    }

    Octets raw(byte[] octets) {
        out.writeBytes(octets);
        return this;
    }

    /** Octets as numbers. */
    Octets raw(int... octets) {
        for (int octet : octets) {
            u8(octet);
        }
        return this;
    }

    /** An uncompressed name. */
    Octets name(String name) {
        return raw(DomainName.of(name).toOctets());
    }

    Octets pointer(int position) {
        return u16(0xc000 | position);
    }

    Octets question(String name, int type) {
        return name(name).u16(type).u16(DnsClass.IN);
    }

    /** Type, class IN, TTL 60, RDLENGTH: what follows an owner. */
    Octets fixed(int type, int rdlength) {
        return fixed(type, DnsClass.IN, rdlength);
    }

    Octets fixed(int type, int dnsClass, int rdlength) {
        return u16(type).u16(dnsClass).u32(60).u16(rdlength);
    }

    /** Position of the next octet. */
    int position() {
        return out.size();
    }

    /** A message in the middle of a buffer whose other octets are no part of it. */
    static ByteBuf surrounded(byte[] message, int before, int filler) {
        byte[] around = new byte[before + message.length + 40];
        Arrays.fill(around, (byte) filler);
        System.arraycopy(message, 0, around, before, message.length);
        return Unpooled.wrappedBuffer(around).setIndex(before, before + message.length);
    }

    byte[] toArray() {
        return out.toByteArray();
    }

    ByteBuf toBuffer() {
        return Unpooled.wrappedBuffer(toArray());
    }
}
