package mx.refahub.domain.device;

/**
 * What one receipt printer can do.
 *
 * @param paper width of the roll in millimetres: 58 or 80
 * @param columns characters of the normal font in a line
 * @param chineseOff whether it must be told to leave the Chinese mode that many clones start in ({@code FS .})
 * @param pulseOn and {@code pulseOff}: milliseconds of the drawer's pulse
 */
public record PrinterProfile(
        int paper,
        int columns,
        CodePage page,
        boolean chineseOff,
        Cutter cutter,
        Drawer drawer,
        int pulseOn,
        int pulseOff) {
    public enum Cutter {
        PARTIAL,
        FULL,
        NONE
    }

    /** The pin of the printer's drawer socket. */
    public enum Drawer {
        PIN_2,
        PIN_5,
        NONE
    }

    /** Dots across, at the usual 203 dots an inch. */
    public int dots() {
        return paper == 58 ? 384 : 576;
    }
}
