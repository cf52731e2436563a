package mx.refahub.hub.rate;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface RateTable {
    record RateRow(
            String currency,
            LocalDate day,
            @Nullable BigDecimal published,
            String source,
            @Nullable Instant publishedAt,
            @Nullable BigDecimal byHand,
            String setBy,
            @Nullable Instant setAt) {}

    @Select("""
        select currency, day, published, source, published_at, by_hand, set_by, set_at
        from exchange_rate
        where currency = #{currency}
        and coalesce(by_hand, published) is not null
        order by day desc
        limit #{limit}
        """)
    List<RateRow> latest(String currency, int limit);

    /** That which holds on the day, else the first of a later one. */
    @Select("""
        select coalesce(by_hand, published)
        from exchange_rate
        where currency = #{currency}
        and coalesce(by_hand, published) is not null
        order by day > #{day}, abs(day - #{day}::date)
        limit 1
        """)
    @Nullable
    BigDecimal nearest(String currency, LocalDate day);

    /** The same of those that a source published. */
    @Select("""
        select published
        from exchange_rate
        where currency = #{currency}
        and published is not null
        order by day > #{day}, abs(day - #{day}::date)
        limit 1
        """)
    @Nullable
    BigDecimal nearestPublished(String currency, LocalDate day);

    @Select("""
        select day
        from exchange_rate
        where currency = #{currency}
        and day between #{from} and #{to}
        and published is not null
        """)
    List<LocalDate> published(String currency, LocalDate from, LocalDate to);

    /** @return 0 where the same stands already */
    @Insert("""
        insert into exchange_rate (currency, day, by_hand, set_by, set_at)
        values (#{currency}, #{day}, #{pesos}, #{by}, #{at})
        on conflict (currency, day) do update
        set by_hand = excluded.by_hand, set_by = excluded.set_by, set_at = excluded.set_at
        where exchange_rate.by_hand is distinct from excluded.by_hand
        """)
    int setByHand(String currency, LocalDate day, BigDecimal pesos, String by, Instant at);

    @Update("""
        update exchange_rate
        set by_hand = null, set_by = #{by}, set_at = #{at}
        where currency = #{currency}
        and day = #{day}
        and by_hand is not null
        """)
    int takeBack(String currency, LocalDate day, String by, Instant at);

    @Insert("""
        insert into exchange_rate (currency, day, published, source, published_at)
        values (#{currency}, #{day}, #{pesos}, #{source}, #{at})
        on conflict (currency, day) do update
        set published = excluded.published, source = excluded.source, published_at = excluded.published_at
        where exchange_rate.published is distinct from excluded.published
        """)
    int publish(String currency, LocalDate day, BigDecimal pesos, String source, Instant at);

    @Select("""
        select cash_rounding
        from company
        """)
    @Nullable
    Long rounding();

    @Update("""
        update company
        set cash_rounding = #{step}
        where cash_rounding <> #{step}
        """)
    int round(long step);

    /** The company's day is its branches'; the first one's clock stands for all. */
    @Select("""
        select time_zone
        from store
        where closed_at is null
        order by code
        limit 1
        """)
    @Nullable
    String zone();
}
