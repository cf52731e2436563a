package mx.refahub.domain.device;

import java.util.ArrayList;
import java.util.List;

/** How a barcode is drawn: widths of bars and gaps in turns, in modules, a bar first. Patterns after ISO/IEC 15417 and 15420. */
public final class Bars {
    private static final String[] CODE_128 = {
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",
        "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212",
        "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
        "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",
        "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123",
        "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124",
        "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114",
        "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
        "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
        "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"
    };
    private static final int START_B = 104;
    private static final int STOP = 106;
    private static final int MODULO = 103;

    /** Gaps and bars of the digits in the sets A and C; B is A backwards with bars and gaps exchanged. */
    private static final String[] EAN_A = {
        "3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"
    };

    private static final String[] EAN_PARITY = {
        "AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"
    };

    private Bars() {}

    public static List<Integer> of(PaperBarcode code) {
        return switch (code) {
            case PaperBarcode.Code128(String content) -> code128(content);
            case PaperBarcode.Ean13(String content) -> ean13(content);
        };
    }

    private static List<Integer> code128(String content) {
        List<Integer> widths = new ArrayList<>();
        int sum = START_B;
        add(widths, CODE_128[START_B]);
        for (int i = 0; i < content.length(); i++) {
            int value = content.charAt(i) - ' ';
            sum += value * (i + 1);
            add(widths, CODE_128[value]);
        }
        add(widths, CODE_128[sum % MODULO]);
        add(widths, CODE_128[STOP]);
        return widths;
    }

    private static List<Integer> ean13(String content) {
        List<Integer> widths = new ArrayList<>();
        add(widths, "111");
        String parity = EAN_PARITY[content.charAt(0) - '0'];
        for (int i = 0; i < 6; i++) {
            String pattern = EAN_A[content.charAt(i + 1) - '0'];
            add(
                    widths,
                    parity.charAt(i) == 'A'
                            ? pattern
                            : new StringBuilder(pattern).reverse().toString());
        }
        add(widths, "11111");
        for (int i = 7; i < 13; i++) add(widths, EAN_A[content.charAt(i) - '0']);
        add(widths, "111");
        return widths;
    }

    private static void add(List<Integer> widths, String pattern) {
        for (int i = 0; i < pattern.length(); i++) widths.add(pattern.charAt(i) - '0');
    }
}
