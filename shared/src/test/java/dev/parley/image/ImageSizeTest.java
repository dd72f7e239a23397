package dev.parley.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {

    @ParameterizedTest
    @CsvSource({"png, PNG", "jpg, JPEG", "gif, GIF"})
    void readsWhatImageWritersWrite(String format, ImageType type) throws IOException {
        // Given
        byte[] image = written(format, 321, 123);

        // When / Then
        assertThat(ImageType.of(image)).isEqualTo(type);
        assertThat(ImageSize.read(image)).isEqualTo(new ImageSize(321, 123));
    }

    @ParameterizedTest
    @CsvSource({
        // The extended form, the lossless one and the lossy one, each of 5 by 3 pixels.
        "524946460000000057454250 565038580a000000 10000000 040000 020000",
        "524946460000000057454250 5650384c08000000 2f 04800000",
        "524946460000000057454250 5650382008000000 000000 9d012a 0500 0300"
    })
    void readsAllFormsOfWebp(String hex) {
        // Given
        byte[] image = HexFormat.of().parseHex(hex.replace(" ", ""));

        // When / Then
        assertThat(ImageType.of(image)).isEqualTo(ImageType.WEBP);
        assertThat(ImageSize.read(image)).isEqualTo(new ImageSize(5, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void endsWhereverAnImageIsCutOff(String format) throws IOException {
        // Given
        byte[] image = written(format, 3, 2);

        // When / Then
        for (int length = 0; length < image.length; length++) {
            ImageSize size = ImageSize.read(Arrays.copyOf(image, length));
            assertThat(size == null || size.equals(new ImageSize(3, 2))).isTrue();
        }
    }

    @Test
    void endsWhateverTheBytesAre() {
        // Given
        Random random = new Random(11);
        byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};

        // When / Then
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[200];
            random.nextBytes(bytes);
            System.arraycopy(jpeg, 0, bytes, 0, jpeg.length);
            ImageSize size = ImageSize.read(bytes);
            assertThat(size == null || size.width() > 0).isTrue();
        }
        assertThat(ImageSize.read(new byte[100])).isNull();
    }

    private static byte[] written(String format, int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }
}
