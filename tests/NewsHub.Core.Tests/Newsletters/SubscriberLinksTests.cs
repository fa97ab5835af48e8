using NewsHub.Core.Newsletters;

namespace NewsHub.Core.Tests.Newsletters;

/// <summary>What stands in links and in place of addresses.</summary>
public sealed class SubscriberLinksTests
{
    [Fact]
    public void A_key_is_read_by_the_house_that_signed_it_and_by_no_other()
    {
        using TempFolder one = new(), two = new();
        var key = new SubscriberLinks(one.Root).Sign(7);
        Assert.Equal(7, new SubscriberLinks(one.Root).Read(key));
        Assert.Null(new SubscriberLinks(two.Root).Read(key));
        foreach (var wrong in new[] { null, "", "7", "7.", ".", key[..^1], key + "A", "8" + key[1..], "-" + key, new string('7', 4000) })
            Assert.Null(new SubscriberLinks(one.Root).Read(wrong));
    }

    [Fact]
    public void An_address_has_one_mark_whatever_its_capitals_and_another_in_every_house()
    {
        using TempFolder one = new(), two = new();
        Assert.Equal(new SubscriberLinks(one.Root).MarkOf("Ada@Example.org"), new SubscriberLinks(one.Root).MarkOf("ada@example.org"));
        Assert.NotEqual(new SubscriberLinks(one.Root).MarkOf("ada@example.org"), new SubscriberLinks(two.Root).MarkOf("ada@example.org"));
        Assert.DoesNotContain("ada", new SubscriberLinks(one.Root).MarkOf("ada@example.org"), StringComparison.OrdinalIgnoreCase);
    }

    [Trait("Needs", "time")]
    [Fact]
    public void Several_workers_that_need_the_key_at_once_get_the_same()
    {
        for (var round = 0; round < 50; round++)
        {
            using var folder = new TempFolder();
            var keys = new string[8];
            using var start = new Barrier(keys.Length);
            var workers = Enumerable.Range(0, keys.Length).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                keys[i] = new SubscriberLinks(folder.Root).Sign(1);
            })).ToList();
            foreach (var worker in workers) worker.Start();
            foreach (var worker in workers) worker.Join();
            Assert.Single(keys.Distinct());
            Assert.Single(Directory.GetFiles(folder.Root));
        }
    }
}
