package io.muster.bootstrap.keys;

import java.util.Base64;

/** Text armour of binary keys, RFC 7468. */
final class Pem {
    private Pem() {}

    static String encode(String label, byte[] content, int lineLength) {
        String body = Base64.getMimeEncoder(lineLength, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    static byte[] decode(String label, String text) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no " + begin);
        }
        return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    }
}
