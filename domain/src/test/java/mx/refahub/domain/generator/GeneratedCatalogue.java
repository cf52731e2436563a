package mx.refahub.domain.generator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.tax.TaxClass;

/**
 * A catalogue of any size: each part follows from the seed, the size and its place alone, so that any number of them can be told in turn without
 * keeping one, and any one of them again by its id.
 *
 * <p>Its shapes are those of a real one: in each family few brands make most parts, each brand numbers in its own way, one to five parts do the same
 * job (three on average) and name each other and the vehicle maker's number, some replace an older number of their brand, and a piece fits some ten
 * vehicles.
 */
public final class GeneratedCatalogue implements Iterable<IndexedPart> {
    /** Parts that do the same job come five, four, three, two and one together. */
    private static final int[] PIECE_OF_PLACE = {0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4};

    private static final int[] FIRST_PLACE = {0, 5, 9, 12, 14, 15};
    private static final int PLACES = PIECE_OF_PLACE.length;
    private static final int PIECES = 5;
    private static final long FIRST_MILLISECOND = 1_700_000_000_000L;

    private static final int FOR_PIECE = 1;
    private static final int FOR_PART = 2;
    private static final int FOR_ID = 3;
    private static final int FOR_NUMBERS = 4;

    private final long seed;
    private final int size;
    private final long stride;
    private final Trade trade;
    private final CarPark park = new CarPark();
    private final long rounds;

    public GeneratedCatalogue(long seed, int size) {
        if (size < 1) throw new IllegalArgumentException("a catalogue of " + size + " parts");
        this.seed = seed;
        this.size = size;
        this.trade = new Trade(seed);
        this.stride = stride(size);
        long blocks = (size + PLACES - 1) / PLACES;
        this.rounds = (blocks + Trade.FAMILY_DECK - 1) / Trade.FAMILY_DECK;
    }

    /** The parts of a brand do not come one after the other. */
    private static long stride(int size) {
        long stride = Math.max(1, (long) (size * 0.6180339887));
        while (gcd(stride, size) != 1) stride++;
        return stride;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    public int size() {
        return size;
    }

    long seed() {
        return seed;
    }

    List<CarPark.Model> models() {
        return park.models();
    }

    /** Names of what is sold, of brands and of vehicles: what a person may mean. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Trade.Family family : trade.families) {
            names.add(family.name());
            family.brands().forEach(brand -> names.add(brand.name()));
            for (Trade.Kind kind : family.kinds()) {
                names.add(kind.es());
                names.add(kind.en());
                names.add(kind.position());
                for (Trade.Variant variant : kind.variants()) {
                    names.add(variant.es());
                    names.add(variant.en());
                }
            }
        }
        for (CarPark.Model model : park.models()) {
            names.add(model.make());
            names.add(model.name());
            names.addAll(model.engines());
        }
        return names;
    }

    @Override
    public Iterator<IndexedPart> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public IndexedPart next() {
                if (next >= size) throw new NoSuchElementException();
                return part(next++);
            }
        };
    }

    /** @param index 0 to size - 1 */
    public IndexedPart part(int index) {
        if (index < 0 || index >= size)
            throw new IndexOutOfBoundsException("part " + index + " of a catalogue of " + size);
        long place = Math.floorMod(index * stride, (long) size);
        Member member = member(place);
        Piece piece = piece(place);
        Dice dice = new Dice(seed, FOR_PART, place);
        Trade.Variant variant = dice.one(piece.kind.variants());
        boolean namesVehicle = !piece.fitments.isEmpty() && piece.kind.fitments() <= 4 && dice.chance(70);
        String vehicle = namesVehicle ? vehicle(piece.fitments.getFirst()) : "";
        String es = (piece.kind.es() + ' ' + variant.es()).strip() + (vehicle.isEmpty() ? "" : " " + vehicle);
        String en = piece.kind.en()
                + (variant.en().isEmpty() ? "" : ", " + variant.en())
                + (vehicle.isEmpty() ? "" : ", " + vehicle);
        Part part = new Part(
                id(index),
                new LineCode(member.brand.lineCode()),
                new PartNumber(member.number(member.rank)),
                member.brand.name(),
                es,
                en,
                piece.family.name() + '/' + piece.kind.es(),
                piece.kind.unit(),
                TaxClass.GENERAL,
                Money.mxn(es.contains("remanufactur") ? 50_000 : 0),
                piece.kind.satCode(),
                switch (piece.kind.unit()) {
                    case "JGO" -> "SET";
                    case "KIT" -> "KT";
                    default -> "H87";
                },
                "02",
                List.of());
        return new IndexedPart(part, interchanges(place, member, piece, dice), piece.fitments);
    }

    /** In centavos, with tax. */
    public long listPrice(int index) {
        return 2_900 + new Dice(seed, FOR_NUMBERS, index).below(60) * 10_000L + Math.floorMod(index * 37L, 9_900L);
    }

    private static String vehicle(Fitment fitment) {
        return fitment.model() + ' ' + fitment.yearFrom() + '-' + fitment.yearTo();
    }

    /** Version 7 as the hub gives them (RFC 9562, 5.7), a millisecond a part: so the id tells the place. */
    private PartId id(int index) {
        Dice dice = new Dice(seed, FOR_ID, index);
        long high = (FIRST_MILLISECOND + index) << 16 | 0x7000 | dice.below(1 << 12);
        long low = dice.next() >>> 2 | Long.MIN_VALUE;
        return new PartId(new UUID(high, low));
    }

    /** @throws IndexOutOfBoundsException for an id of another catalogue */
    public IndexedPart part(PartId id) {
        return part(place(id));
    }

    /** Where the part with this id comes. */
    public int place(PartId id) {
        return Math.toIntExact((id.value().getMostSignificantBits() >>> 16) - FIRST_MILLISECOND);
    }

    /** What does one job: its kind, the vehicles that it fits and their makers' number. */
    private record Piece(Trade.Family family, Trade.Kind kind, List<Fitment> fitments, List<Interchange> oem) {}

    private Piece piece(long place) {
        long block = place / PLACES;
        long number = block * PIECES + PIECE_OF_PLACE[(int) (place % PLACES)];
        Trade.Family family = family(block);
        Dice dice = new Dice(seed, FOR_PIECE, number);
        Trade.Kind kind = family.kind(dice);
        List<Fitment> fitments = park.fitments(kind.fitments(), kind.position(), dice);
        List<Interchange> oem = new ArrayList<>();
        if (!fitments.isEmpty()) {
            int count = dice.chance(65) ? 1 : dice.chance(40) ? 2 : 0;
            for (int i = 0; i < count; i++)
                oem.add(new Interchange(
                        Interchange.Kind.OEM,
                        fitments.getFirst().make(),
                        new PartNumber(makersNumber(number * 2 + i, dice))));
        }
        return new Piece(family, kind, fitments, oem);
    }

    private static String makersNumber(long which, Dice dice) {
        String digits = String.format("%08d", Math.floorMod(which * 48_271L + 1_234_567L, 100_000_000L));
        return switch (dice.below(3)) {
            case 0 -> digits.substring(0, 5) + '-' + digits.substring(5) + dice.letter() + dice.letter();
            case 1 ->
                digits.charAt(0)
                        + ""
                        + dice.letter()
                        + "0 "
                        + digits.substring(1, 4)
                        + ' '
                        + digits.substring(4, 7)
                        + ' '
                        + dice.letter()
                        + digits.charAt(7);
            default -> digits;
        };
    }

    private Trade.Family family(long block) {
        return trade.families.get(trade.familyDeck[(int) (block % Trade.FAMILY_DECK)]);
    }

    /**
     * A brand's part of a piece.
     *
     * @param rank counts the brand's parts in the family
     * @param capacity above every rank, so that numbers from there on are free for parts that are no longer made
     */
    private record Member(Trade.Brand brand, int family, long rank, long capacity) {
        String number(long which) {
            int digits = 4;
            long space = 10_000;
            while (space < 3 * capacity) {
                digits++;
                space *= 10;
            }
            // 7,368,787 is prime and no divisor of a power of ten: no two ranks meet.
            String n = String.format("%0" + digits + "d", Math.floorMod(which * 7_368_787L + 4_321L, space));
            String p = brand.letters() + (char) ('A' + family);
            return switch (brand.style()) {
                case 0 -> p + n;
                case 1 -> p + '-' + n;
                case 2 -> n.substring(0, 3) + '-' + p + n.substring(3);
                case 3 -> "0 " + (100 + family) + ' ' + n.substring(0, 3) + ' ' + n.substring(3);
                case 4 -> n.substring(0, 2) + '.' + p + n.substring(2) + ".11";
                case 5 -> p + ' ' + n;
                case 6 -> p + n.charAt(0) + 'E' + n.substring(1) + "-11";
                default -> (10 + family) + n;
            };
        }
    }

    private Member member(long place) {
        long block = place / PLACES;
        int at = (int) (block % Trade.FAMILY_DECK);
        Trade.Family family = family(block);
        long familyRank = block / Trade.FAMILY_DECK * family.count() + trade.familyIndex[at];
        long slot = familyRank * PLACES + place % PLACES;
        int card = (int) (slot % Trade.BRAND_DECK);
        int brand = family.brandDeck()[card];
        int cards = family.brandCount()[brand];
        long rank = slot / Trade.BRAND_DECK * cards + family.brandIndex()[card];
        long capacity = (rounds * family.count() * PLACES / Trade.BRAND_DECK + 1) * cards;
        return new Member(family.brands().get(brand), family.index(), rank, capacity);
    }

    private List<Interchange> interchanges(long place, Member self, Piece piece, Dice dice) {
        List<Interchange> interchanges = new ArrayList<>(piece.oem);
        long block = place / PLACES * PLACES;
        int which = PIECE_OF_PLACE[(int) (place % PLACES)];
        for (int i = FIRST_PLACE[which]; i < FIRST_PLACE[which + 1]; i++) {
            long other = block + i;
            if (other == place || other >= size || !dice.chance(65)) continue;
            Member member = member(other);
            if (member.brand.equals(self.brand)) continue;
            interchanges.add(new Interchange(
                    Interchange.Kind.EQUIVALENT, member.brand.name(), new PartNumber(member.number(member.rank))));
        }
        if (dice.chance(15))
            interchanges.add(new Interchange(
                    Interchange.Kind.SUPERSEDES,
                    self.brand.name(),
                    new PartNumber(self.number(self.rank + self.capacity))));
        return interchanges;
    }
}
