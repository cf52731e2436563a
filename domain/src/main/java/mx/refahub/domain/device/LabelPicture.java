package mx.refahub.domain.device;

import java.util.List;

/** A printed label as it would look, in dots from its upper left corner. */
public record LabelPicture(int width, int height, List<Mark> marks) {
    public LabelPicture {
        marks = List.copyOf(marks);
    }

    /**
     * @param text what is written, or what a code stands for
     * @param bars widths of bars and gaps in turns, a bar first; empty for text
     */
    public record Mark(int x, int y, int height, int width, String text, List<Integer> bars) {
        public Mark {
            bars = List.copyOf(bars);
        }
    }
}
