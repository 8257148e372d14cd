package io.muster.mpi.buffer;

/** Products of complex numbers: pairs of a real and an imaginary part. */
public final class ComplexProducts {
    private ComplexProducts() {}

    /** Over {@code float} arrays. */
    public static void floats(float[] in, int inAt, float[] inOut, int inOutAt, int count) {
        for (int i = 0; i < count; i += 2) {
            float real = in[inAt + i];
            float imaginary = in[inAt + i + 1];
            float otherReal = inOut[inOutAt + i];
            float otherImaginary = inOut[inOutAt + i + 1];
            inOut[inOutAt + i] = real * otherReal - imaginary * otherImaginary;
            inOut[inOutAt + i + 1] = real * otherImaginary + imaginary * otherReal;
        }
    }

    /** Over {@code double} arrays. */
    public static void doubles(double[] in, int inAt, double[] inOut, int inOutAt, int count) {
        for (int i = 0; i < count; i += 2) {
            double real = in[inAt + i];
            double imaginary = in[inAt + i + 1];
            double otherReal = inOut[inOutAt + i];
            double otherImaginary = inOut[inOutAt + i + 1];
            inOut[inOutAt + i] = real * otherReal - imaginary * otherImaginary;
            inOut[inOutAt + i + 1] = real * otherImaginary + imaginary * otherReal;
        }
    }
}
