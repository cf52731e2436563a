-- Customers with credit line and account as the hub has them.

create table customer (
    id text primary key,
    heard text,
    body text not null
) without rowid;

-- What a customer is found by.
create table customer_word (
    word text not null,
    customer_id text not null,
    primary key (word, customer_id)
) without rowid;
create index customer_word_by_customer on customer_word (customer_id);
