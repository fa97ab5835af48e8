using System.Security.Cryptography;
using NewsHub.Core.Media;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Media;

public sealed class MediaCopyTests
{
    private readonly MemoryMedia _from = new(), _to = new();
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Originals_and_notes_are_copied_and_renditions_are_not_and_the_second_time_nothing_is()
    {
        for (byte n = 0; n < 20; n++) await KeepAsync(_from, n);
        await _from.SaveAsync("originals/addresses/0123456789abcdef0123.json", "{}"u8.ToArray(), Cancel);
        await _from.SaveAsync("renditions/ab/abc/full-320.jpg", new byte[] { 1 }, Cancel);
        var told = new Told();
        var result = await MediaCopy.RunAsync(_from, _to, told, Cancel);
        Assert.Equal((21, 0, 0), (result.Copied, result.Kept, result.Damaged.Count));
        Assert.Equal(_from.Paths.Where(p => p.StartsWith("originals/", StringComparison.Ordinal)).Order(), _to.Paths.Order());
        Assert.Equal(Enumerable.Range(1, 21), told.Reports.Select(r => r.Done).Order());
        Assert.All(told.Reports, r => Assert.Equal(21, r.Total));
        var saves = _to.Saves.Count;
        result = await MediaCopy.RunAsync(_from, _to, cancel: Cancel);
        Assert.Equal((0, 21), (result.Copied, result.Kept));
        Assert.Equal(saves, _to.Saves.Count);
    }

    [Fact]
    public async Task Cut_short_it_goes_on_where_it_was()
    {
        for (byte n = 0; n < 40; n++) await KeepAsync(_from, n);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var told = new Told(r =>
        {
            if (r.Done == 10) stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MediaCopy.RunAsync(_from, _to, told, stop.Token));
        var before = _to.Paths.Count();
        Assert.InRange(before, 10, 39);
        var result = await MediaCopy.RunAsync(_from, _to, cancel: Cancel);
        Assert.Equal((40 - before, before), (result.Copied, result.Kept));
    }

    [Fact]
    public async Task What_was_removed_on_either_side_is_not_brought_back()
    {
        var (here, there, whole) = (await KeepAsync(_from, 1), await KeepAsync(_from, 2), await KeepAsync(_from, 3));
        await _from.SaveAsync($"originals/removed/{here}.json", "{}"u8.ToArray(), Cancel);
        await _to.SaveAsync($"originals/removed/{there}.json", "{}"u8.ToArray(), Cancel);
        await MediaCopy.RunAsync(_from, _to, cancel: Cancel);
        string[] kept = [$"originals/{whole[..2]}/{whole}", $"originals/removed/{here}.json", $"originals/removed/{there}.json"];
        Assert.Equal(kept.Order(), _to.Paths.Order());
    }

    [Fact]
    public async Task A_note_that_says_something_else_now_is_written_anew()
    {
        const string note = "originals/addresses/0123456789abcdef0123.json";
        await _from.SaveAsync(note, "{\"a\":1}"u8.ToArray(), Cancel);
        await _to.SaveAsync(note, "{\"a\":2}"u8.ToArray(), Cancel);
        Assert.Equal(1, (await MediaCopy.RunAsync(_from, _to, cancel: Cancel)).Copied);
        Assert.Equal("{\"a\":1}"u8.ToArray(), await _to.ReadAsync(note, Cancel));
    }

    [Fact]
    public async Task An_original_whose_bytes_are_not_those_of_its_name_is_told_and_left()
    {
        var good = await KeepAsync(_from, 1);
        await _from.SaveAsync("originals/00/00aa", new byte[] { 9 }, Cancel);
        var result = await MediaCopy.RunAsync(_from, _to, cancel: Cancel);
        Assert.Equal(["originals/00/00aa"], result.Damaged);
        Assert.Equal([$"originals/{good[..2]}/{good}"], _to.Paths);
    }

    private static async Task<string> KeepAsync(MemoryMedia media, byte letter)
    {
        byte[] bytes = [letter, 7, 7];
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await media.SaveAsync($"originals/{hash[..2]}/{hash}", bytes, Cancel);
        return hash;
    }

    private sealed class Told(Action<ImportProgress>? at = null) : IProgress<ImportProgress>
    {
        public List<ImportProgress> Reports { get; } = [];

        public void Report(ImportProgress value)
        {
            Reports.Add(value);
            at?.Invoke(value);
        }
    }
}
