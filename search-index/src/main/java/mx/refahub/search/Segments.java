package mx.refahub.search;

import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.util.StringHelper;

/** Names that segments keep from snapshot to snapshot, so that what was read of one is not read again. */
final class Segments {
    private Segments() {}

    static String id(LeafReader reader) {
        if (reader instanceof SegmentReader segment)
            return StringHelper.idToString(segment.getSegmentInfo().info.getId());
        throw new IllegalStateException("not a segment: " + reader);
    }
}
