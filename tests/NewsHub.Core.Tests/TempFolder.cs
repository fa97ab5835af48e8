namespace NewsHub.Core.Tests;

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "newshub-test-" + Guid.NewGuid().ToString("n"));

    public string this[string path] => Path.Combine(Root, path);

    public void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllBytes(this[path], bytes);
    }

    public string Read(string path) => File.ReadAllText(this[path]);

    /// <summary>Every file below, by its path, with its bytes in base 64.</summary>
    public IReadOnlyDictionary<string, string> Files() =>
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(Root, f).Replace('\\', '/'), f => Convert.ToBase64String(File.ReadAllBytes(f)),
                StringComparer.Ordinal);

    public void Dispose()
    {
        if (Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
    }
}
